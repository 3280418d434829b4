import { configSchema } from "../schema/index.ts";
import type { Mistake } from "../mistakes.ts";
import { mistakesOfIssue } from "../shape.ts";
import type { ConfigSource } from "../source.ts";
import { redaction } from "./redaction.ts";
import { isSecret, valuesOfNamespace } from "../values.ts";
import { viewOf } from "../view.ts";
import { connectionFindings } from "./connection.ts";
import type { Finding } from "./finding.ts";
import { memberFindings } from "./members.ts";
import { brandingFindings, loginAppFindings } from "./organization.ts";
import { placeholderFindings, providerPlaceholders } from "./placeholders.ts";
import { plainSecrets, tenantDomainFindings } from "./providers.ts";
import { apiFindings, roleFindings } from "./roles.ts";
import { serviceAppFindings } from "./service-app.ts";

/** Every mistake of a configuration, one for each place, in the order of the keys. */
export function findMistakes(source: ConfigSource): Mistake[] {
  const values = valuesOfNamespace(source);
  const view = viewOf(values);
  const shape = configSchema.safeParse(values).error?.issues ?? [];
  // Where two rules are broken in one place, the one that says more about it comes first and is the one told.
  const findings = [
    ...plainSecrets(source),
    ...providerPlaceholders(source),
    ...tenantDomainFindings(source),
    ...placeholderFindings(values),
    ...brandingFindings(view),
    ...connectionFindings(view),
    ...loginAppFindings(view),
    ...apiFindings(view, source),
    ...roleFindings(view),
    ...memberFindings(view),
    ...serviceAppFindings(view),
    ...shape.flatMap((issue) => mistakesOfIssue(issue, values)),
  ];
  const redact = redaction(source, values);
  return inOrder(onePerPlace(findings)).map(({ path, mistake }) =>
    redact(
      isSecret(source, path)
        ? { ...mistake, got: "a value that was given as a secret (not shown)" }
        : mistake,
    ),
  );
}

function onePerPlace(findings: readonly Finding[]): Finding[] {
  const places = new Map<string, Finding>();
  for (const one of findings) {
    if (!places.has(one.mistake.key)) places.set(one.mistake.key, one);
  }
  return [...places.values()];
}

/** Keys of the providers, then the program's own in the order of the schema, lists by number. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const sections = Object.keys(configSchema.shape);
  const section = ({ path }: Finding) => {
    const first = String(path[0]);
    if (/^(?:auth0|okta):/.test(first)) return -1;
    const place = sections.indexOf(first);
    return place < 0 ? sections.length : place;
  };
  return [...findings].sort(
    (a, b) => section(a) - section(b) || a.mistake.key.localeCompare(b.mistake.key, "en", { numeric: true }),
  );
}
