/** Which certificates are trusted, as Go programs (the official auth0 plugin is one) see it. */
import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

/** Trusts these certificates (PEM) as well, in every connection that this process makes from now on. */
export function trustAlso(pem: string): void {
  setDefaultCACertificates([...getCACertificates("default"), pem]);
}

/** Go reads SSL_CERT_FILE, Node does not: what serves the auth0 plugin should serve the roster. */
export function trustCertificateFile(file: string | undefined): void {
  if (file === undefined || file === "") return;
  trustAlso(readFileSync(file, "utf8"));
}
