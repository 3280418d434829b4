import type { LocalCertificate } from "./certificates.ts";

/** The certificate of the local CA for a tenant that was given none. What makes it is loaded only then. */
export async function ownCertificate(name: string | undefined): Promise<LocalCertificate> {
  const { localCertificate } = await import("./certificates.ts");
  return localCertificate({ name });
}
