import { createHash, X509Certificate } from "node:crypto";
import { jsonObjectSchema, without } from "@ai-api-access/emulator-core";
import type { JsonObject } from "@ai-api-access/emulator-core";
import { invalidBody } from "../../errors.ts";

/** What a SAML provider says of itself. A document at an address is not fetched: what was known of it stays. */
const OF_PROVIDER = ["signingCert", "signInEndpoint", "signOutEndpoint", "bindingMethod"];

/** Names of a certificate's subject, as OpenSSL abbreviates them and as the vendor's answers write them out. */
const SUBJECT: Readonly<Record<string, string>> = {
  C: "countryName",
  ST: "stateOrProvinceName",
  L: "localityName",
  O: "organizationName",
  OU: "organizationalUnitName",
  CN: "commonName",
  emailAddress: "emailAddress",
};

/**
 * The options of a connection to a SAML provider: what its metadata document says in the place of the document, and
 * what the certificate holds. PingFederate shows the certificate under one name alone.
 *
 * @param old those of a connection that is changed
 */
export function samlOptions(
  strategy: "pingfederate" | "samlp",
  { metadataXml, ...options }: JsonObject,
  old: JsonObject | undefined,
): JsonObject {
  const known = typeof options.metadataUrl === "string" ? old : undefined;
  const read = typeof metadataXml === "string" ? ofMetadata(metadataXml) : kept(known ?? {});
  const all: JsonObject = { ...options, ...read };
  const pem = pemOf(all.signingCert);
  return jsonObjectSchema.parse({
    ...(strategy === "pingfederate" ? without(all, "signingCert") : all),
    ...(strategy === "samlp" && old === undefined ? { assertion_decryption_settings: DECRYPTION } : {}),
    ...(pem === undefined ? {} : ofCertificate(pem)),
  });
}

const DECRYPTION = { algorithm_profile: "v2026-1", algorithm_exceptions: [] };

function kept(options: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(options).filter(([name]) => OF_PROVIDER.includes(name)));
}

/** Of a metadata document its addresses and the certificate that it signs with. */
function ofMetadata(xml: string): JsonObject {
  const elementOf = (name: string) => new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>`).exec(xml)?.[0] ?? "";
  const attributeOf = (element: string, name: string) =>
    new RegExp(`\\b${name}="([^"]*)"`).exec(element)?.[1];
  const [signIn, signOut] = [elementOf("SingleSignOnService"), elementOf("SingleLogoutService")];
  const certificate = /<(?:\w+:)?X509Certificate>([^<]*)</.exec(xml)?.[1]?.replaceAll(/\s/g, "");
  const lines = certificate?.replaceAll(/(.{64})(?=.)/g, "$1\n");
  const pem = `-----BEGIN CERTIFICATE-----\n${lines ?? ""}\n-----END CERTIFICATE-----\n`;
  const found = {
    signingCert: certificate && Buffer.from(pem).toString("base64"),
    signInEndpoint: attributeOf(signIn, "Location"),
    signOutEndpoint: attributeOf(signOut, "Location"),
    bindingMethod: attributeOf(signIn, "Binding"),
  };
  return jsonObjectSchema.parse(Object.fromEntries(Object.entries(found).filter(([, value]) => value)));
}

/** A certificate may be given in PEM, or the PEM in base64 as the vendor keeps it. */
function pemOf(given: unknown): string | undefined {
  if (typeof given !== "string" || given === "") return undefined;
  return given.includes("-----BEGIN") ? given : Buffer.from(given, "base64").toString();
}

/** What the server reads out of the certificate of a provider. */
function ofCertificate(pem: string) {
  const certificate = certificateIn(pem);
  const subject = certificate.subject.split("\n").flatMap((line): [string, string][] => {
    const [name = "", ...value] = line.split("=");
    return SUBJECT[name] === undefined ? [] : [[SUBJECT[name], value.join("=")]];
  });
  return {
    expires: certificate.validToDate.toISOString(),
    subject: Object.fromEntries(subject),
    thumbprints: [createHash("sha1").update(certificate.raw).digest("hex")],
    cert: pem,
  };
}

function certificateIn(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw invalidBody("options.signingCert is not a valid certificate.");
  }
}
