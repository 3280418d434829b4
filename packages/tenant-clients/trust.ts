/** Which certificates are trusted, as Go programs (the official plugins are) see it. */
import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

const trusted = new Set<string>();

/** Trusts these certificates (PEM) as well, in every connection that this process makes from now on. */
export function trustAlso(pem: string): void {
  if (trusted.has(pem)) return;
  trusted.add(pem);
  setDefaultCACertificates([...getCACertificates("default"), pem]);
}

/** Go reads SSL_CERT_FILE, Node does not: what serves the plugins should serve a client beside them. */
export function trustCertificateFile(file: string | undefined): void {
  if (file !== undefined && file !== "") trustAlso(readFileSync(file, "utf8"));
}
