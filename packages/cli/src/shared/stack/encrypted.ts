import { z } from "zod";

const encryptedSchema = z.object({ secure: z.string() });

/** Whether the engine has encrypted a value of a stack file, or one within it. */
export function isEncrypted(value: unknown): boolean {
  if (encryptedSchema.safeParse(value).success) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isEncrypted);
}
