/**
 * The local certificate authority. The Auth0 provider speaks https only, so the local Auth0 tenant needs a
 * certificate that the provider's process trusts. The CA's key is readable by its user alone and never leaves the
 * cache folder; nothing is added to a system trust store. The CA is good for a year, and for names and addresses of
 * this machine only: whoever gets its key can stand in for no other server. For tenants that answer by another name
 * there is a CA of its own, for that name as well and, as RFC 5280 has it, for the names below it.
 */
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { webcrypto, X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { writeWhole } from "./files.ts";
import { cacheFolder } from "./cache.ts";
import { waitForLock } from "./lock.ts";

const DAY = 24 * 60 * 60 * 1000;
const CA_DAYS = 365;
const RENEW_DAYS = 30;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

const CA_NAME = "CN=ai-api-access local twin (this machine only)";
const NAME_CONSTRAINTS = "2.5.29.30";

/** Both PEM. */
interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/** What a server on loopback needs, PEM throughout, and where the trust lies as files. */
export interface LocalCertificate extends KeyAndCertificate, Trust {}

/** Where the trust in local tenants lies. */
export interface Trust {
  /** Path of the CA's certificate alone: for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** Path of the CA's certificate with the well-known roots: for `SSL_CERT_FILE`, which replaces Go's own. */
  readonly bundleFile: string;
}

/** Where a certificate is kept, and the names that it is for. */
export interface CertificateOptions {
  /** That of this user's cache by default. */
  readonly folder?: string;
  /** Besides localhost, 127.0.0.1 and ::1. */
  readonly name?: string | undefined;
}

/** The certificate for localhost, 127.0.0.1 and ::1; CA and certificate are made or renewed when needed. */
export async function localCertificate(options: CertificateOptions = {}): Promise<LocalCertificate> {
  const { name, folder = name === undefined ? cacheFolder("ca") : cacheFolder("ca", "names", name) } =
    options;
  const names = name === undefined ? ["localhost"] : ["localhost", name];
  const files = {
    caKey: join(folder, "ca.key"),
    caFile: join(folder, "ca.pem"),
    key: join(folder, "localhost.key"),
    cert: join(folder, "localhost.pem"),
    bundleFile: join(folder, "bundle.pem"),
  };
  const lock = await waitForLock(join(folder, "lock.sqlite"));
  try {
    if (!isFresh(files.caFile) || !isConstrained(files.caFile) || !existsSync(files.caKey)) {
      const authority = await issueAuthority(names);
      writeWhole(files.caKey, authority.key, 0o600);
      writeWhole(files.caFile, authority.cert, 0o644);
      writeWhole(files.bundleFile, [authority.cert, ...systemRoots()].join("\n"), 0o644);
    }
    if (!isFresh(files.cert) || !isIssuedBy(files.cert, files.caFile)) {
      const ca = { key: readFileSync(files.caKey, "utf8"), cert: readFileSync(files.caFile, "utf8") };
      const leaf = await issueLeaf(ca, names);
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
function systemRoots(): readonly string[] {
  const own = process.env.SSL_CERT_FILE;
  if (own === undefined || !existsSync(own)) return rootCertificates;
  // It may be the bundle of an earlier CA, which must not be trusted any longer.
  const all = readFileSync(own, "utf8").match(/-+BEGIN CERTIFICATE-+[^-]+-+END CERTIFICATE-+/g) ?? [];
  return all.filter((pem) => new X509Certificate(pem).subject !== CA_NAME);
}

function isFresh(file: string): boolean {
  if (!existsSync(file)) return false;
  const { notAfter } = new x509.X509Certificate(readFileSync(file, "utf8"));
  return notAfter.getTime() - Date.now() > RENEW_DAYS * DAY;
}

function isConstrained(file: string): boolean {
  return new x509.X509Certificate(readFileSync(file, "utf8")).getExtension(NAME_CONSTRAINTS) !== null;
}

function isIssuedBy(file: string, caFile: string): boolean {
  const leaf = new x509.X509Certificate(readFileSync(file, "utf8"));
  const key = new x509.X509Certificate(readFileSync(caFile, "utf8")).getExtension(
    x509.SubjectKeyIdentifierExtension,
  );
  const signer = leaf.getExtension(x509.AuthorityKeyIdentifierExtension);
  return key !== null && signer !== null && key.keyId === signer.keyId;
}

async function issueAuthority(names: readonly string[]): Promise<KeyAndCertificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: CA_NAME,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + CA_DAYS * DAY),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.Extension(NAME_CONSTRAINTS, true, onlyThisMachine(names)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await privatePem(keys.privateKey), cert: certificate.toString("pem") };
}

/** RFC 5280 4.2.1.10, in DER: the permitted subtrees are these names, 127.0.0.0/8 and ::1. */
function onlyThisMachine(names: readonly string[]): Buffer {
  const der = (tag: number, ...content: readonly Uint8Array[]) => {
    const body = Buffer.concat(content);
    const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
    return Buffer.concat([Buffer.from([tag, ...length]), body]);
  };
  const subtree = (kind: number, base: Buffer) => der(0x30, der(kind, base));
  const [DNS, IP] = [0x82, 0x87];
  const permitted = der(
    0xa0,
    ...names.map((name) => subtree(DNS, Buffer.from(name))),
    subtree(IP, Buffer.from("7f000000ff000000", "hex")),
    subtree(IP, Buffer.from(`${"1".padStart(32, "0")}${"f".repeat(32)}`, "hex")),
  );
  return der(0x30, permitted);
}

async function issueLeaf(ca: KeyAndCertificate, names: readonly string[]): Promise<KeyAndCertificate> {
  const authority = new x509.X509Certificate(ca.cert);
  const signingKey = await webcrypto.subtle.importKey(
    "pkcs8",
    x509.PemConverter.decodeFirst(ca.key),
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
    notAfter: authority.notAfter,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: "dns", value }) as const),
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
