import type { OrgRecord } from "../org/record.ts";
import type { AppRecord } from "./record.ts";
import { renderApp } from "./render.ts";

interface Written {
  readonly origin: string;
  readonly org: OrgRecord;
  readonly text: string;
}

/** By the document: an application that is changed is another one. */
const written = new WeakMap<AppRecord, Written>();

/**
 * An application as lists have it, as JSON. A page has half a megabyte of it, and clients read all pages again and
 * again: what was written before is not rendered and written once more.
 */
export function appText(origin: string, org: OrgRecord, app: AppRecord): string {
  const known = written.get(app);
  if (known?.origin === origin && known.org === org) return known.text;
  const text = JSON.stringify(renderApp(origin, org, app));
  written.set(app, { origin, org, text });
  return text;
}
