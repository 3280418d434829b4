import { X509Certificate } from "node:crypto";
// @peculiar/x509 looks for its metadata on load, so this comes first.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";

/** What answers say of a certificate, which is PEM. */
export function certificateFacts(certificate: string) {
  const { fingerprint } = new X509Certificate(certificate);
  const chain = new x509.X509Certificates([new x509.X509Certificate(certificate)]).export("raw");
  return {
    cert: certificate,
    pkcs7: x509.PemConverter.encode(chain, "PKCS7"),
    fingerprint,
    thumbprint: fingerprint.replaceAll(":", ""),
  };
}
