import { join } from "node:path";

/** The command itself, for a process of its own: its engine and its tenants come and go with it. */
export const SELF = join(import.meta.dirname, "../main.ts");
