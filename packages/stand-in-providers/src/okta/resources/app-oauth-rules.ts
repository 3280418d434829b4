import { isList, isUnknown } from "@ai-api-access/provider-kit";
import type { PlainProperties } from "@ai-api-access/provider-kit";

const TYPES = ["web", "native", "browser", "service"];

/** The rules between properties that the official plugin checks before any call. */
export function appOAuthRules(inputs: PlainProperties): string[] {
  const broken: string[] = [];
  const { type, tokenEndpointAuthMethod: method, loginMode, loginUri, jwks, jwksUri } = inputs;
  if (typeof type === "string" && !TYPES.includes(type)) {
    broken.push(`type "${type}" is not one of ${TYPES.join(", ")}`);
  }
  if (method === "private_key_jwt" && !given(jwks) && !given(jwksUri)) {
    broken.push(`tokenEndpointAuthMethod "private_key_jwt" needs jwks or jwksUri`);
  }
  if (typeof loginMode === "string" && loginMode !== "DISABLED" && !given(loginUri)) {
    broken.push(`loginMode "${loginMode}" needs loginUri`);
  }
  const [grants, responses] = [texts(inputs.grantTypes), texts(inputs.responseTypes)];
  if (grants.includes("implicit") && !responses.some((one) => one === "token" || one === "id_token")) {
    broken.push(`grant type "implicit" needs the response type token or id_token`);
  }
  return broken;
}

function given(value: PlainProperties[string] | undefined): boolean {
  if (value === undefined || value === "") return false;
  return isUnknown(value) || !isList(value) || value.length > 0;
}

function texts(value: PlainProperties[string] | undefined): string[] {
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}
