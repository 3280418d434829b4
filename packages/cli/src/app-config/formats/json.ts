import { z } from "zod";
import { inLine } from "../entries.ts";
import { UNSEALED } from "../stamp.ts";
import type { Format } from "./format.ts";

const stampSchema = z.object({
  stack: z.string().exactOptional(),
  outputsOf: z.iso.datetime(),
  update: z.number().exactOptional(),
});
const fileSchema = z.looseObject({ writtenBy: stampSchema.optional().catch(undefined) });
const partSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())])).catch({});

/** The shape of the stack's own `appConfig`, for applications that read a file. */
export const json: Format = {
  keyOf: ({ path }) => path,
  render({ entries, stamp }) {
    const parts: Record<string, Record<string, unknown>> = {};
    for (const { path, value } of entries) {
      const [part = "", name = ""] = path.split(".");
      parts[part] = { ...parts[part], [name]: value };
    }
    const writtenBy = { command: "npm run app-config", ...stamp, content: UNSEALED };
    return `${JSON.stringify({ writtenBy, ...parts }, null, 2)}\n`;
  },
  read(text) {
    const file = fileSchema.safeParse(parsed(text));
    if (!file.success) return { values: new Map() };
    const { writtenBy: stamp, ...parts } = file.data;
    const values = Object.entries(parts).flatMap(([part, values]) =>
      Object.entries(partSchema.parse(values)).map(([name, value]): [string, string] => [
        `${part}.${name}`,
        inLine(value),
      ]),
    );
    return { values: new Map(values), ...(stamp && { stamp }) };
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
