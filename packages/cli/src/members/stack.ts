/** What a stack says about its organization and how to log in, asked of the Pulumi CLI. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "@ai-api-access/user-error";
import { z } from "zod";

const configSchema = z.record(z.string(), z.object({ value: z.unknown() }));

/** The settings of the auth0 provider that the stack's configuration has, without their namespace. */
export async function settingsOfStack(stack: string): Promise<Record<string, string>> {
  const config = configSchema.parse(await pulumi(["config", "--json", "--show-secrets"], stack));
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, { value }]) =>
      key.startsWith("auth0:") && typeof value === "string" ? [[key.slice("auth0:".length), value]] : [],
    ),
  );
}

/** @throws UserError when the stack has none */
export async function organizationOfStack(stack: string): Promise<string> {
  const outputs = z.looseObject({ organizationId: z.string().optional() });
  const { organizationId } = outputs.parse(await pulumi(["stack", "output", "--json"], stack));
  if (organizationId !== undefined) return organizationId;
  throw new UserError(`Stack ${stack} has no output organizationId.`, {
    next: "name the organization, for example org_L941CIyJzLJZI4K4",
  });
}

async function pulumi(command: readonly string[], stack: string): Promise<unknown> {
  const args = [...command, "--stack", stack, "--non-interactive"];
  try {
    const { stdout } = await promisify(execFile)("pulumi", args, { maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(stdout);
  } catch (error) {
    if (textAt(error, "code") === "ENOENT") {
      throw new UserError("The Pulumi CLI (pulumi) is not on PATH.", {
        next: "install it, or name the organization and set AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET",
        cause: error,
      });
    }
    // What it wrote to standard output may hold a secret; this does not.
    const said = textAt(error, "stderr")?.trim() ?? "it said nothing that can be read";
    throw new UserError(`Pulumi cannot tell of stack ${stack}: ${said}`, {
      next: "pulumi stack ls",
      cause: error,
    });
  }
}

function textAt(value: unknown, key: string): string | undefined {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === "string" ? found : undefined;
}
