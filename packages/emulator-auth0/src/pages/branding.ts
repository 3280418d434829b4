import { z } from "zod";
import type { Auth0Context } from "../context.ts";
import type { OrganizationRecord } from "../management/organizations/record.ts";
import { findSettings } from "../management/tenant-settings.ts";
import { readableOn, textOn } from "./contrast.ts";

/** How a page looks: whose it is, and in which colors. All colors are `#rrggbb`. */
export interface Brand {
  readonly name: string;
  /** An https URL. */
  readonly logo: string | undefined;
  /** Buttons, and the text on them. */
  readonly primary: string;
  readonly onPrimary: string;
  /** The page, and the text on it. */
  readonly background: string;
  readonly onBackground: string;
  /** Links and focus on the card: the primary color where it can be read there. */
  readonly link: string;
}

/** The card that the forms are on. */
const CARD = "#ffffff";

/** Where nobody chose colors. */
const COLORS = { primary: "#3f59e4", page_background: "#f3f4f8" };

/** What a tenant without a name is called. */
const TENANT = "Local tenant";

const organizationSchema = z.object({
  name: z.string(),
  display_name: z.string().optional(),
  branding: z
    .object({
      logo_url: z.string().nullish(),
      colors: z.object({ primary: z.string(), page_background: z.string() }).optional(),
    })
    .optional(),
});

const tenantSchema = z.object({
  friendly_name: z.string().catch(""),
  picture_url: z.string().catch(""),
});

/** The look of an organization as it declares it; without one, the tenant's. */
export function brandOf(context: Auth0Context, organization: OrganizationRecord | undefined): Brand {
  if (organization !== undefined) {
    const { name, display_name: displayName, branding } = organizationSchema.parse(organization);
    return brand(displayName ?? name, branding?.logo_url ?? undefined, branding?.colors ?? COLORS);
  }
  const { friendly_name: name, picture_url: picture } = tenantSchema.parse(findSettings(context));
  return brand(name === "" ? TENANT : name, picture.startsWith("https://") ? picture : undefined, COLORS);
}

function brand(name: string, logo: string | undefined, colors: typeof COLORS): Brand {
  const [primary, background] = [sixDigits(colors.primary), sixDigits(colors.page_background)];
  return {
    name,
    logo,
    primary,
    onPrimary: textOn(primary),
    background,
    onBackground: textOn(background),
    link: readableOn(CARD, primary),
  };
}

/** `#abc` is short for `#aabbcc`. */
function sixDigits(color: string): string {
  const [, red = "", green = "", blue = ""] = /^#(.)(.)(.)$/.exec(color) ?? [];
  return red === "" ? color.toLowerCase() : `#${red}${red}${green}${green}${blue}${blue}`.toLowerCase();
}

/** The look of pages that belong to nobody. */
export const NEUTRAL = brand(TENANT, undefined, COLORS);
