import { z } from "zod";

/** A value that may be left out or null on the wire, and what it then is. */
export function withDefault<S extends z.ZodType>(schema: S, value: z.output<S>) {
  return schema.nullish().transform((given): z.output<S> => given ?? value);
}

/** A value that may be left out on the wire, and then is null. */
export function orNull<S extends z.ZodType>(schema: S) {
  return schema.nullish().transform((given) => given ?? null);
}

/** A text, null when it is not given. */
export const text = orNull(z.string());

/** A boolean, false when it is not given. */
export const flag = withDefault(z.boolean(), false);

/** A list of texts, empty when it is not given. */
export const strings = withDefault(z.array(z.string()), []);

/** Whether something is in use. */
export const status = z.enum(["ACTIVE", "INACTIVE"]);

/** The parameter of creations that can leave a thing inactive. */
export const activateQuery = z.object({ activate: z.enum(["true", "false"]).optional() });
