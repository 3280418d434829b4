import { parseAllDocuments, stringify } from "yaml";
import { z } from "zod";
import { type Entry, inLine } from "../entries.ts";
import { type Stamp, UNSEALED } from "../stamp.ts";
import { leftOutLines } from "./comments.ts";
import type { Format } from "./format.ts";

/** Of both objects; their kinds tell them apart. */
const NAME = "ai-api";
const PREFIX = "ai-api-access";
/** Quoted, since Kubernetes reads YAML 1.1, to which a bare `2026-11-22` is a date and `no` is not a text. */
const STYLE = { lineWidth: 0, defaultKeyType: "PLAIN", defaultStringType: "QUOTE_DOUBLE" } as const;

/** A ConfigMap with the variables and, when secrets are written, a Secret with these; for `envFrom`. */
export const k8s: Format = {
  keyOf: ({ variable }) => variable,
  render({ entries, leftOut, stamp }) {
    const open = entries.filter(({ secret }) => !secret);
    const secret = entries.filter((entry) => entry.secret);
    const annotations = annotationsOf(stamp);
    const metadata = { name: NAME, annotations };
    const objects = [
      { apiVersion: "v1", kind: "ConfigMap", metadata, data: dataOf(open) },
      ...(secret.length === 0
        ? []
        : [
            {
              apiVersion: "v1",
              kind: "Secret",
              metadata: { name: NAME },
              type: "Opaque",
              stringData: dataOf(secret),
            },
          ]),
    ];
    const comments = leftOut.flatMap(leftOutLines).map((line) => `${line}\n`);
    return comments.join("") + objects.map((object) => stringify(object, STYLE)).join("---\n");
  },
  read(text) {
    const objects = parseAllDocuments(text).map((document) => objectSchema.parse(document.toJS()));
    const values = objects.flatMap(({ data, stringData, kind }) => [
      ...Object.entries(kind === "Secret" ? decoded(data) : data),
      ...Object.entries(stringData),
    ]);
    const stamp = objects
      .map(({ metadata }) => stampOf(metadata.annotations))
      .find((found) => found !== undefined);
    return { values: new Map(values), ...(stamp && { stamp }) };
  },
};

const texts = z.record(z.string(), z.string()).catch({});
const objectSchema = z
  .object({
    kind: z.string().catch(""),
    metadata: z.object({ annotations: texts }).catch({ annotations: {} }),
    data: texts,
    stringData: texts,
  })
  .catch({ kind: "", metadata: { annotations: {} }, data: {}, stringData: {} });

function dataOf(entries: readonly Entry[]): Record<string, string> {
  return Object.fromEntries(entries.map(({ variable, value }) => [variable, inLine(value)]));
}

/** As `kubectl get secret -o yaml` has it. */
function decoded(data: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, Buffer.from(value, "base64").toString()]),
  );
}

function annotationsOf({ stack, outputsOf, update }: Stamp): Record<string, string> {
  return {
    [`${PREFIX}/written-by`]: "npm run app-config",
    ...(stack !== undefined && { [`${PREFIX}/stack`]: stack }),
    [`${PREFIX}/outputs-of`]: outputsOf,
    ...(update !== undefined && { [`${PREFIX}/update`]: String(update) }),
    [`${PREFIX}/content`]: UNSEALED,
  };
}

function stampOf(annotations: Readonly<Record<string, string>>): Stamp | undefined {
  const value = (name: string) => annotations[`${PREFIX}/${name}`];
  const [stack, outputsOf, update] = [value("stack"), value("outputs-of"), value("update")];
  if (outputsOf === undefined || Number.isNaN(Date.parse(outputsOf))) return undefined;
  return {
    outputsOf,
    ...(stack !== undefined && { stack }),
    ...(update !== undefined && { update: Number(update) }),
  };
}
