/** The ways to write an app configuration. */
import { stringify } from "yaml";
import { entriesOf, leftOutLines, type Content } from "./content.ts";
import { refusal } from "./refusal.ts";

const SECRET_VARIABLE = "AI_API_OKTA_CLIENT_SECRET";

export const FORMATS = { env, json, k8s, github };

/** Words with single blanks between them, without what starts a comment, a quotation or a reference. */
const PLAIN = /^[^\s#'"`$\\]+(?: [^\s#'"`$\\]+)*$/;

/**
 * Lines of NAME=value, as dotenv, `node --env-file`, Docker Compose and `docker run --env-file` all read them. The last
 * of these takes everything after = as it stands, quotes too, so nothing is quoted.
 *
 * @throws UserError for a value that one of the others would read as something else
 */
function env(content: Content): string {
  const entries = entriesOf(content.config);
  const refused = entries.filter(({ value }) => !PLAIN.test(value));
  if (refused.length > 0) {
    const mistakes = refused.map(
      ({ path }) =>
        `${path} cannot be written as env: it has one of # ' " \` $ \\ or a blank in it, which dotenv and Docker read differently.`,
    );
    throw refusal(
      mistakes.join("\n"),
      "choose --format json, which an application reads with AI_API_CONFIG_FILE, or --format k8s",
    );
  }
  return lines(...comments(content), ...entries.map(({ variable, value }) => `${variable}=${value}`));
}

/** The shape of the stack's own `appConfig`, for applications that read a file. */
function json(content: Content): string {
  return lines(JSON.stringify({ generated: origin(content), ...content.config }, null, 2));
}

/** Quoted, since Kubernetes reads YAML 1.1, to which a bare `2026-11-22` is a date and `no` is not a text. */
const K8S_STYLE = { lineWidth: 0, defaultKeyType: "PLAIN", defaultStringType: "QUOTE_DOUBLE" } as const;

/** A ConfigMap with the variables and, when the secret is written, a Secret with it; for `envFrom`. */
function k8s(content: Content): string {
  const entries = entriesOf(content.config);
  const dataOf = (secret: boolean) =>
    Object.fromEntries(
      entries.filter((entry) => entry.secret === secret).map(({ variable, value }) => [variable, value]),
    );
  const object = (kind: string, more: object) =>
    stringify({ apiVersion: "v1", kind, metadata: { name: "ai-api" }, ...more }, K8S_STYLE);
  const manifest = [object("ConfigMap", { data: dataOf(false) })];
  if (content.config.okta?.clientSecret !== undefined) {
    manifest.push(object("Secret", { type: "Opaque", stringData: dataOf(true) }));
  }
  return lines(...comments(content)) + manifest.join("---\n");
}

/**
 * A shell script that sets variables and secrets of a GitHub repository with the GitHub CLI. The secret goes in through
 * standard input: what is on a command line, everybody on the machine can read. Left out here, it goes straight from
 * Pulumi to GitHub when the script runs.
 */
function github(content: Content): string {
  const { config, leftOut, secretCommand } = content;
  return lines(
    ...comments(content),
    "set -e",
    ...entriesOf(config).map(({ variable, value, secret }) =>
      // printf is a part of the shell: its arguments are on no command line.
      secret
        ? `printf %s ${quoted(value)} | gh secret set ${variable}`
        : `gh variable set ${variable} --body ${quoted(value)}`,
    ),
    // In two steps: a pipe would set an empty secret where the first command fails.
    ...(leftOut && secretCommand !== undefined
      ? [`secret=$(${secretCommand})`, `printf %s "$secret" | gh secret set ${SECRET_VARIABLE}`]
      : []),
  );
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function comments(content: Content): string[] {
  const said = [`Generated ${origin(content)}`, ...leftOutLines(SECRET_VARIABLE, content)];
  return said.map((line) => `# ${line}`);
}

function origin({ stack }: Content): string {
  const outputs = stack === undefined ? "" : ` from the outputs of stack ${stack}`;
  return `by ai-api-access app-config${outputs}. Do not edit: the file is replaced as a whole.`;
}

function lines(...list: readonly string[]): string {
  return list.map((line) => `${line}\n`).join("");
}
