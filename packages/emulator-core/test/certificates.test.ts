/** Claim: the local CA is good for this machine alone and for a year, and is made again in time. */
import { createPrivateKey, generateKeyPairSync, webcrypto, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer } from "node:tls";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { z } from "zod";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { localCertificate } from "../src/machine/certificates.ts";

const DAY = 24 * 60 * 60 * 1000;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "certificates-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a client that trusts the local CA says of a server that shows this certificate. */
async function connected(
  tls: { key: string; cert: string },
  ca: string,
  servername: string,
): Promise<string> {
  const server = createServer(tls, (socket) => socket.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const socket = connect({ host: "127.0.0.1", port, servername, ca });
  try {
    return await new Promise((said) => {
      socket.once("secureConnect", () => {
        said("connected");
      });
      socket.once("error", (error: Error) => {
        said(error.message);
      });
    });
  } finally {
    socket.destroy();
    server.close();
  }
}

/** A certificate that somebody with the CA's key makes for another name. */
async function signedFor(name: string, ca: string): Promise<{ key: string; cert: string }> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pkcs8 = createPrivateKey(readFileSync(join(folder, "ca.key"), "utf8")).export({
    type: "pkcs8",
    format: "der",
  });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const certificate = await x509.X509CertificateGenerator.create({
    subject: "CN=somebody",
    issuer: new x509.X509Certificate(ca).subject,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + DAY),
    signingAlgorithm: ALGORITHM,
    publicKey: await webcrypto.subtle.importKey("spki", spki, ALGORITHM, true, ["verify"]),
    signingKey: await webcrypto.subtle.importKey("pkcs8", pkcs8, ALGORITHM, false, ["sign"]),
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }])],
  });
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: certificate.toString("pem"),
  };
}

test("localhost is served; nobody with the CA's key can stand in for a tenant", async () => {
  const local = await localCertificate({ folder });
  const ca = readFileSync(local.caFile, "utf8");
  expect(await connected(local, ca, "localhost")).toBe("connected");
  expect(await connected(await signedFor("acme.us.auth0.com", ca), ca, "acme.us.auth0.com")).toBe(
    "permitted subtree violation",
  );
  const lives = [ca, local.cert].map((pem) => Date.parse(new X509Certificate(pem).validTo) - Date.now());
  expect(Math.max(...lives)).toBeLessThanOrEqual(365 * DAY);
});

test("tenants that answer by a name have a CA of their own, for that name and no other", async () => {
  // As long as a name may be, so that lengths in the constraints take more than one byte.
  const name = `${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.example`;
  const named = await localCertificate({ folder: mkdtempSync(join(folder, "named-")), name });
  const ca = readFileSync(named.caFile, "utf8");
  expect(await connected(named, ca, name)).toBe("connected");
  expect(await connected(named, ca, "localhost")).toBe("connected");
  expect(await connected(named, ca, "other.example")).toMatch(/does not match/);
});

test("one that is still good is kept; one without constraints is replaced, and trusted no longer", async () => {
  const first = await localCertificate({ folder });
  const kept = readFileSync(first.caFile, "utf8");
  expect((await localCertificate({ folder })).cert).toBe(first.cert);

  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const old = await x509.X509CertificateGenerator.createSelfSigned({
    name: new x509.X509Certificate(kept).subject,
    notAfter: new Date(Date.now() + 3650 * DAY),
    signingAlgorithm: ALGORITHM,
    keys,
  });
  writeFileSync(first.caFile, old.toString("pem"));
  writeFileSync(first.bundleFile, old.toString("pem"));
  const before = process.env.SSL_CERT_FILE;
  process.env.SSL_CERT_FILE = first.bundleFile;
  try {
    const next = await localCertificate({ folder });
    const ca = readFileSync(next.caFile, "utf8");
    expect(await connected(next, ca, "localhost")).toBe("connected");
    expect(readFileSync(next.bundleFile, "utf8")).not.toContain(old.toString("pem").slice(40, 200));
    expect(next.cert).not.toBe(first.cert);
  } finally {
    if (before === undefined) delete process.env.SSL_CERT_FILE;
    else process.env.SSL_CERT_FILE = before;
  }
});

test("one that ends within a month is made again", async () => {
  const first = await localCertificate({ folder });
  const now = Date.now;
  Date.now = () => now() + 340 * DAY;
  try {
    const next = await localCertificate({ folder });
    expect(Date.parse(new X509Certificate(next.cert).validTo)).toBeGreaterThan(
      Date.parse(new X509Certificate(first.cert).validTo),
    );
  } finally {
    Date.now = now;
  }
});
