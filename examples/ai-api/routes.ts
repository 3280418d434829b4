/** What the API does for those who are let in. The AI is a stand-in: it knows by heart what it was taught. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Guard } from "./guard.ts";

/** So many lessons it can remember; it forgets the oldest first. */
const MEMORY = 1000;

const text = { type: "string", minLength: 1, maxLength: 1000 } as const;
const questionSchema = z.object({ question: z.string() });
const lessonSchema = questionSchema.extend({ answer: z.string() });

/** @param guardFor the guard of a route, by the permission that the route asks for */
export function addRoutes(app: FastifyInstance, guardFor: (permission: string) => Guard): void {
  const lessons = new Map<string, string>();

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
        answer: lessons.get(question) ?? "Nobody taught me that yet.",
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
      const { question, answer } = lessonSchema.parse(body);
      lessons.delete(question);
      lessons.set(question, answer);
      const [oldest] = lessons.keys();
      if (lessons.size > MEMORY && oldest !== undefined) lessons.delete(oldest);
      return reply.code(201).send({ question, answer, taughtBy: caller?.subject });
    },
  );
}
