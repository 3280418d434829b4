import { trustCertificateFile } from "@ai-api-access/roster/auth0/trust.ts";

const trusted = new Set<string>();

/** Trusts what SSL_CERT_FILE holds, as the provider plugins do; once, since each time takes seconds. */
export function trustAsPluginsDo(environment: Readonly<Record<string, string | undefined>>): void {
  const file = environment.SSL_CERT_FILE;
  if (file === undefined || trusted.has(file)) return;
  trusted.add(file);
  trustCertificateFile(file);
}
