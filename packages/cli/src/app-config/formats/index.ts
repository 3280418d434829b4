import { env } from "./env.ts";
import type { Format } from "./format.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { k8s } from "./k8s.ts";

export const FORMATS = { env, json, k8s, github } as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}

export type { Content, Format, Found, LeftOut } from "./format.ts";
