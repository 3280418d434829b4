/** The AI is a stand-in: it knows by heart what it was taught, and each organization teaches one of its own. */
import { randomUUID } from "node:crypto";
import type { Caller } from "@ai-api-access/verifier";

/** So many lessons it can remember for an organization; it forgets the oldest first. */
const MEMORY = 1000;
const UNKNOWN = "Nobody taught me that yet.";

interface Lesson {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
}

/**
 * Lessons, for each organization apart: of those that the caller's own organization taught. The key comes out of the
 * verified token and out of nothing else: what a request says in its path or body never chooses whose data it sees. Who
 * acts for no organization has what is nobody's.
 */
export class Lessons {
  /** By question. */
  readonly #byOwner = new Map<string, Map<string, Lesson>>();

  answer(caller: Caller | null, question: string): string {
    return this.#of(caller).get(question)?.answer ?? UNKNOWN;
  }

  teach(caller: Caller | null, taught: Omit<Lesson, "id">): Lesson {
    const lesson = { id: randomUUID(), ...taught };
    const own = this.#of(caller);
    own.delete(lesson.question);
    own.set(lesson.question, lesson);
    const [oldest] = own.keys();
    if (own.size > MEMORY && oldest !== undefined) own.delete(oldest);
    return lesson;
  }

  find(caller: Caller | null, id: string): Lesson | undefined {
    return [...this.#of(caller).values()].find((lesson) => lesson.id === id);
  }

  #of(caller: Caller | null): Map<string, Lesson> {
    const owner = caller?.organization?.id ?? "";
    const own = this.#byOwner.get(owner) ?? new Map<string, Lesson>();
    this.#byOwner.set(owner, own);
    return own;
  }
}
