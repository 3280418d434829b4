import * as pulumi from "@pulumi/pulumi";

/** Something that is looked up in the Auth0 tenant, or in the Okta org. */
export interface Question {
  /** What is asked for, for instance `person ada@example.com`. */
  readonly what: string;
  /** The keys of the configuration that name it. */
  readonly keys: readonly string[];
  /** What it means when there is none, and where to look. */
  readonly unknown: { readonly found: string; readonly next: string };
  /** Who is asked; Auth0 unless it is said. */
  readonly vendor?: "Auth0" | "Okta";
  /** Nobody need have it: then there is an answer without a value, and no problem. */
  readonly mayBeUnknown?: boolean;
  /** It is asked for by its address, so a 404 means that there is none. */
  readonly hasAddress?: true;
}

/** Why a question has no usable answer. */
export interface Problem {
  readonly what: string;
  readonly found: string;
  readonly next: string;
}

export type Answer<T> = { readonly value: T } | { readonly problem: Problem } | { readonly isUnknown: true };

export async function ask<T>(question: Question, lookup: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await lookup };
  } catch (error) {
    if (question.mayBeUnknown === true && UNKNOWN.test(providerMessage(error))) return { isUnknown: true };
    return { problem: problemOf(question, error) };
  }
}

/** Asks about each name once, all side by side. */
export async function askAll<T>(
  questions: ReadonlyMap<string, Question>,
  find: (name: string) => Promise<T>,
): Promise<Map<string, Answer<T>>> {
  const entries = [...questions].map(
    async ([name, question]) => [name, await ask(question, find(name))] as const,
  );
  return new Map(await Promise.all(entries));
}

export function valueOf<T>(answer: Answer<T> | undefined): T | undefined {
  return answer && "value" in answer ? answer.value : undefined;
}

export function valuesOf<T>(answers: ReadonlyMap<string, Answer<T>>): Map<string, T> {
  return new Map([...answers].flatMap(([name, answer]) => ("value" in answer ? [[name, answer.value]] : [])));
}

/** The provider's own words, without the wrapping that the engine and the bridge put around them. */
function providerMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/^invocation of \S+ returned an error:\s*/i, "")
    .replace(/^invoking \S+:\s*/, "")
    .replace(/\d+ errors? occurred:\s*\*?\s*/, "")
    .trim();
}

// The Auth0 provider's words: "Further improve the query to retrieve a single user from the query".
const SEVERAL_USERS = /retrieve a single user/i;
// "No users found. …", "No role found with "name" = …", "group with name "…" does not exist". Everything here is searched for by name, so a 404 is no
// answer to the question but a tenant that is not there.
const UNKNOWN = /\bno (?:user|role|connection|group)s? found\b|\bgroup\b.*\b(?:does not exist|not found)\b/i;

const SEVERAL = "More than one user of the tenant has this email, for instance one for each connection.";
const BY_ID = "name the person by `user` with the id instead of `email`";

/** What a failed lookup means: unknown, ambiguous, or something that has nothing to do with the name. */
function problemOf({ what, keys, unknown, vendor = "Auth0", hasAddress }: Question, error: unknown): Problem {
  const message = providerMessage(error);
  const named = keys.length === 0 ? what : `${what} (${keys.join(", ")})`;
  if (SEVERAL_USERS.test(message)) return { what: named, found: SEVERAL, next: BY_ID };
  if (UNKNOWN.test(message) || (hasAddress && /\b404\b/.test(message))) return { what: named, ...unknown };
  return {
    what: named,
    found: `${vendor} could not be asked: ${message}`,
    next: `check ${vendor === "Okta" ? "okta:orgName" : "auth0:domain"} and the credentials (pulumi config), and that the tenant can be reached from here`,
  };
}

function describe(problems: readonly Problem[], stack: string): string {
  const byReason = new Map<string, { whats: string[]; problem: Problem }>();
  for (const problem of problems) {
    const reason = `${problem.found}\n${problem.next}`;
    const group = byReason.get(reason);
    if (group) group.whats.push(problem.what);
    else byReason.set(reason, { whats: [problem.what], problem });
  }
  const count = problems.length === 1 ? "1 name" : `${String(problems.length)} names`;
  const header = `${count} of stack ${stack} could not be resolved in the Auth0 tenant (nothing was changed):`;
  const blocks = [...byReason.values()].map(({ whats, problem }, index) => {
    const [first, ...others] = whats;
    return [
      `${String(index + 1)}. ${first ?? ""}`,
      ...others.map((what) => `   ${what}`),
      `     found: ${problem.found}`,
      `     next:  ${problem.next}`,
    ].join("\n");
  });
  return [header, ...blocks].join("\n\n");
}

/** Every name that could not be resolved, in one error that Pulumi prints without a stack trace. */
export class LookupError extends pulumi.RunError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(describe(problems, pulumi.getStack()));
    this.name = "LookupError";
    this.problems = problems;
  }
}
