/** Starts the two tenants of a home in this process. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf, UserError } from "@ai-api-access/user-error";
import { z } from "zod";
import { localCertificate } from "@ai-api-access/emulator-core/machine/certificates.ts";
import { auth0SeedMistakes, startAuth0Tenant, type Auth0Tenant } from "@ai-api-access/emulator-auth0";
import { readSeedFile, seedError, systemClock, urlSafe, type Clock } from "@ai-api-access/emulator-core";
import { oktaSeedMistakes, startOktaTenant, type OktaTenant } from "@ai-api-access/emulator-okta";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import { tryLock, type Lock } from "@ai-api-access/emulator-core/machine/lock.ts";
import type { TenantAccess } from "./access.ts";
import type { PairModes } from "./modes.ts";

export interface ServedTenants {
  readonly auth0: Auth0Tenant;
  readonly okta: OktaTenant;
  readonly access: TenantAccess;
  close(): Promise<void>;
}

const portsSchema = z.object({
  auth0: z.number().int(),
  okta: z.number().int(),
  oktaTls: z.number().int().default(0),
});
type Ports = z.infer<typeof portsSchema>;
/** The org with TLS is at the port after its own. */
type FirstPorts = Pick<Ports, "auth0" | "okta">;

/** Asked for at the first start; when they are taken, any free one is. */
const FIRST_PORTS: FirstPorts = { auth0: 4443, okta: 4480 };

export interface ServeOptions {
  /** Folder of the databases. */
  readonly folder: string;
  /** Ports of a new pair; 0 takes any. An older pair keeps its own, since issuers and domains carry it. */
  readonly firstPorts?: FirstPorts;
  /** An address at which others than this machine reach them; see the tenants' option of this name. */
  readonly host?: string | undefined;
  /** The name by which clients reach them. */
  readonly name?: string | undefined;
  /** Path of a seed file, which a new pair is filled with. */
  readonly seed?: string | undefined;
  /** How the tenants are to behave; as the vendors do on a good day without it. */
  readonly modes?: Partial<PairModes>;
  /** What the tenants take for the present time; the machine's clock by default. */
  readonly clock?: Clock;
  readonly onNotice?: (line: string) => void;
}

/**
 * Starts the pair, at most once for a folder.
 *
 * @throws UserError when another process serves this folder
 */
export async function serveTenants(options: ServeOptions): Promise<ServedTenants> {
  const lock = tryLock(join(options.folder, "lock.sqlite"));
  if (lock === undefined) {
    throw new UserError("The tenants of this folder are being served already, by another command.");
  }
  try {
    return await serve(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function serve(options: ServeOptions, lock: Lock): Promise<ServedTenants> {
  const { folder, firstPorts, host, name, modes, clock = systemClock, onNotice } = options;
  const seed = await checkedSeed(options);
  const tls = await localCertificate({ name });
  const adminToken = keptToken(join(folder, "admin-token"));
  const portsFile = join(folder, "ports.json");
  const known = existsSync(portsFile)
    ? portsSchema.parse(JSON.parse(readFileSync(portsFile, "utf8")))
    : undefined;
  const first = firstPorts ?? FIRST_PORTS;
  const wanted: Ports = known ?? { ...first, oktaTls: first.okta === 0 ? 0 : first.okta + 1 };
  const start = async <T>(vendor: keyof Ports, at: (port: number) => Promise<T>): Promise<T> => {
    try {
      return await at(wanted[vendor]);
    } catch (error) {
      if (codeOf(error) !== "EADDRINUSE") throw error;
      if (known !== undefined) {
        onNotice?.(
          `Port ${wanted[vendor]} of the local ${vendor} tenant is taken; another is used, so domain and issuer change.`,
        );
      }
      return await at(0);
    }
  };
  const auth0 = await start("auth0", (port) => {
    return startAuth0Tenant({
      ...modes?.auth0,
      host,
      name,
      seed,
      clock,
      adminToken,
      file: join(folder, "auth0.sqlite"),
      port,
      // Nothing remembers where the pages are, so any port does.
      pagesPort: 0,
      tls,
    });
  });
  // Whoever began at the pages over plain HTTP comes back to those.
  const sameOrigins = auth0.pagesOrigin === undefined ? {} : { [auth0.pagesOrigin]: auth0.origin };
  const okta = await start("okta", (port) => {
    const file = join(folder, "okta.sqlite");
    const withTls = { port: port === 0 ? 0 : wanted.oktaTls, tls };
    return startOktaTenant({
      ...modes?.okta,
      host,
      name,
      seed,
      clock,
      adminToken,
      file,
      port,
      withTls,
      sameOrigins,
    });
  }).catch(async (error: unknown) => {
    await auth0.close();
    throw error;
  });
  const { tlsOrigin = okta.origin } = okta;
  const ports: Ports = { auth0: auth0.port, okta: okta.port, oktaTls: Number(new URL(tlsOrigin).port) };
  writeWhole(portsFile, JSON.stringify(ports));
  return {
    auth0,
    okta,
    access: {
      pid: process.pid,
      auth0: {
        domain: auth0.domain,
        origin: auth0.origin,
        pagesOrigin: auth0.pagesOrigin ?? auth0.origin,
        ...auth0.management,
      },
      okta: { origin: okta.origin, tlsOrigin, apiToken: okta.apiToken },
      adminToken,
      caFile: tls.caFile,
      bundleFile: tls.bundleFile,
    },
    async close() {
      await Promise.all([auth0.close(), okta.close()]);
      lock.release();
    },
  };
}

/** The seed file if the pair is new. Both tenants are tried first, so that neither is made of half a file. */
async function checkedSeed({ folder, seed, onNotice }: ServeOptions): Promise<string | undefined> {
  if (seed === undefined) return undefined;
  if (existsSync(join(folder, "auth0.sqlite"))) {
    onNotice?.(
      `${seed} was not read: these tenants were made before, and a seed is for new ones. ` +
        "`npx ai-api-access local reset` takes them away, with all that is local.",
    );
    return undefined;
  }
  const file = readSeedFile(seed);
  const mistakes = [...(await auth0SeedMistakes(file)), ...oktaSeedMistakes(file)];
  if (mistakes.length > 0) throw seedError(file, mistakes);
  return seed;
}

/** The admin token of a folder, made with its tenants. */
function keptToken(file: string): string {
  if (!existsSync(file)) writeWhole(file, urlSafe(43));
  return readFileSync(file, "utf8");
}
