import { isWebUrl } from "../schema/text.ts";
import type { View } from "../view.ts";
import { type Finding, finding } from "./finding.ts";

/** Auth0 takes both colors or none. */
export function brandingFindings({ organization }: View): Finding[] {
  const branding = organization?.branding;
  if (!branding) return [];
  const { primaryColor, pageBackgroundColor } = branding;
  if ((primaryColor === undefined) === (pageBackgroundColor === undefined)) return [];
  const missing = primaryColor === undefined ? "primaryColor" : "pageBackgroundColor";
  const given = primaryColor === undefined ? "pageBackgroundColor" : "primaryColor";
  return [
    finding(["organization", "branding", missing], {
      gotWords: `nothing, with ${given} ${JSON.stringify(primaryColor ?? pageBackgroundColor)}`,
      wants: "both colors, or none (Auth0 takes no single one)",
      example: `${missing}: "${missing === "primaryColor" ? "#0000FF" : "#FFFFFF"}"`,
    }),
  ];
}

/** What depends on the kind of the login application. */
export function loginAppFindings({ loginApp }: View): Finding[] {
  if (!loginApp) return [];
  const findings: Finding[] = [];
  const { type, organizationUsage, organizationRequireBehavior } = loginApp;
  if (organizationUsage === "allow" && organizationRequireBehavior !== undefined) {
    findings.push(
      finding(["loginApp", "organizationRequireBehavior"], {
        got: organizationRequireBehavior,
        wants:
          "nothing here with organizationUsage allow: it says how an organization that is required is asked for",
        example: "organizationUsage: require",
        next: "remove this line, or set organizationUsage: require",
      }),
    );
  }
  if (type === "native") return findings;
  for (const list of ["callbacks", "logoutUrls"] as const) {
    for (const [index, url] of (loginApp[list] ?? []).entries()) {
      if (url === undefined || isWebUrl(url)) continue;
      findings.push(
        finding(["loginApp", list, index], {
          got: url,
          wants:
            "an https URL without a # part (http only for localhost, 127.0.0.1 and [::1]; other schemes only with type native)",
          example:
            list === "callbacks" ? "https://console.example.com/callback" : "https://console.example.com",
        }),
      );
    }
  }
  return findings;
}
