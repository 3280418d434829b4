import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

/** Has this process trust the local CA beside the roots of Node, as `NODE_EXTRA_CA_CERTS` would from the start. */
export function trustLocalCa(caFile: string): void {
  setDefaultCACertificates([...getCACertificates("default"), readFileSync(caFile, "utf8")]);
}
