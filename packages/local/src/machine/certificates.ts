/**
 * The local certificate authority. The Auth0 provider speaks https only, so the local Auth0 tenant needs a
 * certificate that the provider's process trusts. The CA's key is made once a machine, readable by its user
 * alone, and never leaves the cache folder; nothing is added to a system trust store.
 */
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { webcrypto } from "node:crypto";
import { rootCertificates } from "node:tls";
import { writeWhole } from "./files.ts";
import { cacheFolder } from "./folders.ts";
import { waitForLock } from "./lock.ts";

const DAY = 24 * 60 * 60 * 1000;
const CA_DAYS = 3650;
// Apple's platforms accept no server certificate that is valid for longer than 825 days.
const LEAF_DAYS = 397;
const RENEW_DAYS = 30;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** What a server on loopback needs, PEM throughout, and where the trust lies as files. */
export interface LocalCertificate {
  readonly key: string;
  readonly cert: string;
  /** Path of the CA's certificate alone: for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** Path of the CA's certificate with the well-known roots: for `SSL_CERT_FILE`, which replaces Go's own. */
  readonly bundleFile: string;
}

/** The certificate for localhost, 127.0.0.1 and ::1; CA and certificate are made or renewed when needed. */
export async function localCertificate(folder = cacheFolder("ca")): Promise<LocalCertificate> {
  const files = {
    caKey: join(folder, "ca.key"),
    caFile: join(folder, "ca.pem"),
    key: join(folder, "localhost.key"),
    cert: join(folder, "localhost.pem"),
    bundleFile: join(folder, "bundle.pem"),
  };
  const lock = await waitForLock(join(folder, "lock.sqlite"));
  try {
    if (!isFresh(files.caFile) || !existsSync(files.caKey)) {
      const authority = await issueAuthority();
      writeWhole(files.caKey, authority.key, 0o600);
      writeWhole(files.caFile, authority.cert, 0o644);
      writeWhole(files.bundleFile, [authority.cert, ...systemRoots()].join("\n"), 0o644);
    }
    if (!isFresh(files.cert) || !isIssuedBy(files.cert, files.caFile)) {
      const leaf = await issueLeaf(readFileSync(files.caKey, "utf8"), readFileSync(files.caFile, "utf8"));
      writeWhole(files.key, leaf.key, 0o600);
      writeWhole(files.cert, leaf.cert, 0o644);
    }
  } finally {
    lock.release();
  }
  return {
    key: readFileSync(files.key, "utf8"),
    cert: readFileSync(files.cert, "utf8"),
    caFile: files.caFile,
    bundleFile: files.bundleFile,
  };
}

/** The roots that this machine's user already trusts (a company's own CA among them), else Node's. */
function systemRoots(): string[] {
  const own = process.env.SSL_CERT_FILE;
  return own !== undefined && existsSync(own) ? [readFileSync(own, "utf8")] : [...rootCertificates];
}

function isFresh(file: string): boolean {
  if (!existsSync(file)) return false;
  const { notAfter } = new x509.X509Certificate(readFileSync(file, "utf8"));
  return notAfter.getTime() - Date.now() > RENEW_DAYS * DAY;
}

function isIssuedBy(file: string, caFile: string): boolean {
  const leaf = new x509.X509Certificate(readFileSync(file, "utf8"));
  const key = new x509.X509Certificate(readFileSync(caFile, "utf8")).getExtension(
    x509.SubjectKeyIdentifierExtension,
  );
  const signer = leaf.getExtension(x509.AuthorityKeyIdentifierExtension);
  return key !== null && signer !== null && key.keyId === signer.keyId;
}

async function issueAuthority(): Promise<{ key: string; cert: string }> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: "CN=ai-api-access local twin (this machine only)",
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + CA_DAYS * DAY),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await privatePem(keys.privateKey), cert: certificate.toString("pem") };
}

async function issueLeaf(caKeyPem: string, caPem: string): Promise<{ key: string; cert: string }> {
  const authority = new x509.X509Certificate(caPem);
  const signingKey = await webcrypto.subtle.importKey(
    "pkcs8",
    x509.PemConverter.decodeFirst(caKeyPem),
    ALGORITHM,
    false,
    ["sign"],
  );
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: "CN=localhost",
    issuer: authority.subject,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + LEAF_DAYS * DAY),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  return { key: await privatePem(keys.privateKey), cert: certificate.toString("pem") };
}

function serialNumber(): string {
  // RFC 5280 4.1.2.2: positive, so the first bit stays clear.
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return Buffer.from(bytes).toString("hex");
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
