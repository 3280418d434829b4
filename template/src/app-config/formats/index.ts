import { env } from "./env";
import type { Format } from "./format";
import { github } from "./github";
import { json } from "./json";
import { k8s } from "./k8s";

export const FORMATS = { env, json, k8s, github } as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}

export type { Content, Format, Found, LeftOut } from "./format";
