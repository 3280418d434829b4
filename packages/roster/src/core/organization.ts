/** An organization as the roster uses it; `../auth0` has the real one. */
import type { Items } from "./items.ts";

export interface Organization {
  /** Everybody in it with their roles, as its list shows them. */
  members(): Promise<People>;
  /** Adds at most {@link BATCH} people; who is a member already stays one. */
  addMembers(users: readonly string[]): Promise<void>;
  /** Removes at most {@link BATCH} people, with their roles; who is no member is passed over. */
  removeMembers(users: readonly string[]): Promise<void>;
  giveRoles(user: string, roles: readonly string[]): Promise<void>;
  takeRoles(user: string, roles: readonly string[]): Promise<void>;
}

/** How many people one request takes (Auth0 docs: assign members to an organization). */
export const BATCH = 10;

export interface People {
  readonly items: Items;
  /** What people are called, where it was asked for: email, else name. */
  readonly names: ReadonlyMap<string, string>;
}

/** The vendor refused a request because of what it asked for: other requests may well succeed. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Refused";
    this.status = status;
  }
}

/**
 * No request will succeed for now: the network is gone, the credentials are not accepted, the run was cancelled.
 */
export class Halted extends Error {
  /** Whether the request may have been carried out although no answer came. */
  readonly unanswered: boolean;

  constructor(
    message: string,
    { unanswered = false, ...options }: ErrorOptions & { unanswered?: boolean } = {},
  ) {
    super(message, options);
    this.name = "Halted";
    this.unanswered = unanswered;
  }
}

/** The organization that is asked for does not exist (anymore). */
export class NoOrganization extends Error {}

/** The answer, or `undefined` when the organization does not exist. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoOrganization) return undefined;
    throw error;
  }
}
