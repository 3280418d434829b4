/**
 * What the API does for those who are let in. The AI is a stand-in: it knows by heart what it was taught, and each
 * organization teaches one of its own.
 */
import { randomUUID } from "node:crypto";
import type { Caller } from "@ai-api-access/verifier";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Guard } from "./guard.ts";

/** So many lessons it can remember for an organization; it forgets the oldest first. */
const MEMORY = 1000;

interface Lesson {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
}

/** Lessons by question, for each organization apart. */
class Lessons {
  readonly #byOwner = new Map<string, Map<string, Lesson>>();

  /**
   * What the caller's own organization taught. The key comes out of the verified token and out of nothing else: what a
   * request says in its path or body never chooses whose data it sees. Who acts for no organization has what is nobody's.
   */
  of(caller: Caller | null): Map<string, Lesson> {
    const owner = caller?.organization?.id ?? "";
    const own = this.#byOwner.get(owner) ?? new Map<string, Lesson>();
    this.#byOwner.set(owner, own);
    return own;
  }
}

const text = { type: "string", minLength: 1, maxLength: 1000 } as const;
const questionSchema = z.object({ question: z.string() });
const lessonSchema = questionSchema.extend({ answer: z.string() });
const idSchema = z.object({ id: z.string() });

/** @param guardFor the guard of a route, by the permission that the route asks for */
export function addRoutes(app: FastifyInstance, guardFor: (permission: string) => Guard): void {
  const lessons = new Lessons();

  app.get("/health", () => ({ status: "ok" }));

  app.get(
    "/v1/answers",
    {
      onRequest: guardFor("ai:read"),
      schema: { querystring: { type: "object", required: ["question"], properties: { question: text } } },
    },
    ({ query, caller }) => {
      const { question } = questionSchema.parse(query);
      return {
        question,
        answer: lessons.of(caller).get(question)?.answer ?? "Nobody taught me that yet.",
        askedBy: caller?.subject,
      };
    },
  );

  app.post(
    "/v1/lessons",
    {
      onRequest: guardFor("ai:write"),
      schema: {
        body: {
          type: "object",
          required: ["question", "answer"],
          properties: { question: text, answer: text },
        },
      },
    },
    ({ body, caller }, reply) => {
      const lesson = { id: randomUUID(), ...lessonSchema.parse(body) };
      const own = lessons.of(caller);
      own.delete(lesson.question);
      own.set(lesson.question, lesson);
      const [oldest] = own.keys();
      if (own.size > MEMORY && oldest !== undefined) own.delete(oldest);
      return reply.code(201).send({ ...lesson, taughtBy: caller?.subject });
    },
  );

  app.get("/v1/lessons/:id", { onRequest: guardFor("ai:read") }, ({ params, caller }, reply) => {
    const { id } = idSchema.parse(params);
    const lesson = [...lessons.of(caller).values()].find((one) => one.id === id);
    // 404 and not 403 for a lesson of another organization: a 403 would say that there is one of this id.
    if (lesson === undefined) reply.callNotFound();
    return lesson;
  });
}
