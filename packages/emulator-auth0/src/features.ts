import { z } from "zod";
import type { Store } from "@ai-api-access/emulator-core";
import type { Collections } from "./collections.ts";

const featuresSchema = z.object({ key: z.literal("features"), early_access: z.boolean() });

/** Opens the collection of what a tenant has been given besides what every tenant has. */
export function openFeatures(store: Store) {
  return {
    features: store.collection({ name: "features", schema: featuresSchema, key: (doc) => doc.key }),
  };
}

/**
 * Whether the tenant has the vendor's early-access features: roles that belong to an organization, and access
 * to single applications within an organization. Where it has not, what they add is shown only on things for
 * which it was set; that is how most tenants answer.
 */
export function hasEarlyAccess(db: Pick<Collections, "features">): boolean {
  return db.features.get("features")?.early_access === true;
}

/** Gives a tenant the early-access features, or takes them away. */
export function setEarlyAccess(db: Pick<Collections, "features">, given: boolean): void {
  db.features.put({ key: "features", early_access: given });
}
