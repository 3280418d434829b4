import { STATUS_CODES } from "node:http";
import { ApiError } from "../kit/index.ts";

/** A refusal of the Management API: `{statusCode, error, message, errorCode?}`. */
export class ManagementError extends ApiError {
  override readonly status: number;
  readonly errorCode: string | undefined;
  readonly attributes: Readonly<Record<string, string>> | undefined;

  constructor(
    status: number,
    message: string,
    errorCode?: string,
    attributes?: Readonly<Record<string, string>>,
  ) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.attributes = attributes;
  }

  override body(): unknown {
    return {
      statusCode: this.status,
      error: STATUS_CODES[this.status] ?? "Error",
      message: this.message,
      ...(this.errorCode === undefined ? {} : { errorCode: this.errorCode }),
      ...(this.attributes === undefined ? {} : { attributes: this.attributes }),
    };
  }
}

/** A refusal of the Authentication API, in the manner of OAuth: `{error, error_description}` (RFC 6749, 5.2). */
export class OAuthError extends ApiError {
  override readonly status: number;
  readonly error: string;
  readonly more: Readonly<Record<string, string>>;

  constructor(
    status: number,
    error: string,
    description: string,
    more: Readonly<Record<string, string>> = {},
  ) {
    super(description);
    this.status = status;
    this.error = error;
    this.more = more;
  }

  override body(): unknown {
    return { error: this.error, error_description: this.message, ...this.more };
  }
}

/** 400 with the code of a body that says something it may not. */
export function invalidBody(message: string): ManagementError {
  return new ManagementError(400, message, "invalid_body");
}

/** 409; the vendor's error codes for most conflicts are not published, so most have none. */
export function conflict(message: string, errorCode?: string): ManagementError {
  return new ManagementError(409, message, errorCode);
}

/** The 404s, each resource in its own words; full stops are the vendor's. */
export const missing = {
  organization: () => new ManagementError(404, "No organization found by that id or name"),
  organizationById: () => new ManagementError(404, "No organization found by that id"),
  organizationConnection: () => new ManagementError(404, "No connection found by that id"),
  connection: () => new ManagementError(404, "The connection does not exist", "inexistent_connection"),
  client: () => new ManagementError(404, "The client does not exist", "inexistent_client"),
  credential: () => new ManagementError(404, "The credential does not exist", "inexistent_credential"),
  clientGrant: () => new ManagementError(404, "The grant does not exist.", "inexistent_client_grant"),
  role: () => new ManagementError(404, "The role does not exist."),
  resourceServer: () =>
    new ManagementError(404, "The resource server does not exist", "inexistent_resource_server"),
  user: () => new ManagementError(404, "The user does not exist.", "inexistent_user"),
  customDomain: (id: string) =>
    new ManagementError(404, `The custom domain ${id} does not exist`, "inexistent_custom_domain"),
};

/** 403 when a tenant, organization or role holds as many of a kind as it may (Auth0 docs: entity limits). */
export function limitReached(): ManagementError {
  return new ManagementError(403, "You reached the limit of entities of this type for this tenant.");
}
