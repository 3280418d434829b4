/** What the API does for those who are let in. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Guard } from "./guard.ts";
import { Lessons } from "./lessons.ts";

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
      return { question, answer: lessons.answer(caller, question), askedBy: caller?.subject };
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
    ({ body, caller }, reply) =>
      reply.code(201).send({ ...lessons.teach(caller, lessonSchema.parse(body)), taughtBy: caller?.subject }),
  );

  app.get("/v1/lessons/:id", { onRequest: guardFor("ai:read") }, ({ params, caller }, reply) => {
    const { id } = idSchema.parse(params);
    const lesson = lessons.find(caller, id);
    // 404 and not 403 for a lesson of another organization: a 403 would say that there is one of this id.
    if (lesson === undefined) reply.callNotFound();
    return lesson;
  });
}
