import { providerFunctions, type Inputs, type Readers } from "@ai-api-access/resource-catalog";

/**
 * Answers a provider's function that the program calls.
 *
 * @throws an error as the engine hands on a provider's: the SDK takes the text from `details`
 */
export async function answer(
  token: string,
  inputs: Inputs,
  readers: Readers,
): Promise<Record<string, unknown>> {
  const known = providerFunctions.get(token);
  if (known === undefined) throw new Error(`The program calls ${token}, which this command cannot answer.`);
  try {
    return { ...(await known.answer(inputs, readers)) };
  } catch (cause) {
    const details = cause instanceof Error ? cause.message : String(cause);
    throw Object.assign(new Error(details, { cause }), { details });
  }
}
