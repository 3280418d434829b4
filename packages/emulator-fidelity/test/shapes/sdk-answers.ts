/**
 * What the vendors' own SDKs say that each operation answers with: types that are not ours. Schemas are made from
 * this file, so it holds nothing but types. A list stands as a list, whichever page it comes in.
 */
import type {
  AccessPolicy,
  AppUser,
  AssignRoleToUser201Response,
  ApplicationGroupAssignment,
  AuthorizationServer,
  AuthorizationServerJsonWebKey,
  AuthorizationServerPolicy,
  AuthorizationServerPolicyRule,
  Group,
  GroupRule,
  InlineHook,
  InlineHookChannelHttp,
  InlineHookCreateResponse,
  ListGroupAssignedRoles200ResponseInner,
  ListJwk200Response,
  ListJwk200ResponseKeysInner,
  OAuth2Claim,
  OAuth2ClientSecret,
  OAuth2Scope,
  OAuth2ScopeConsentGrant,
  OAuthMetadata,
  OpenIdConnectApplication,
  OrgSetting,
  User,
  UserCredentials,
  UserType,
  WellKnownOrgMetadata,
} from "@okta/okta-sdk-nodejs";
import type { Management } from "auth0";

/** The Management API, by the local tenant's names of the operations. @public */
export interface Auth0Answers {
  post_clients_cimd_preview: Management.PreviewCimdMetadataResponseContent;
  post_clients_cimd_register: Management.RegisterCimdClientResponseContent;
  get_organizations: Management.Organization[];
  get_rules: Management.Rule[];
  get_actions: Management.ListActionsPaginatedResponseContent;
  get_name_by_name: Management.GetOrganizationByNameResponseContent;
  get_organizations_by_id: Management.GetOrganizationResponseContent;
  post_organizations: Management.CreateOrganizationResponseContent;
  patch_organizations_by_id: Management.UpdateOrganizationResponseContent;
  get_organization_connections: Management.OrganizationAllConnectionPost[];
  get_organization_connection: Management.GetOrganizationAllConnectionResponseContent;
  post_organization_connections: Management.CreateOrganizationAllConnectionResponseContent;
  patch_organization_connection: Management.UpdateOrganizationAllConnectionResponseContent;
  get_enabled_connections: Management.OrganizationConnection[];
  get_enabled_connections_by_connectionId: Management.GetOrganizationConnectionResponseContent;
  post_enabled_connections: Management.AddOrganizationConnectionResponseContent;
  patch_enabled_connections_by_connectionId: Management.UpdateOrganizationConnectionResponseContent;
  get_members: Management.OrganizationMember[];
  get_organization_member_roles: Management.Role[];
  get_organization_member_effective_roles: Management.OrganizationMemberEffectiveRole[];
  "get_organization-client-grants": Management.OrganizationClientGrant[];
  "create_organization-client-grants": Management.AssociateOrganizationClientGrantResponseContent;
  get_organization_clients: Management.OrganizationClient[];
  get_organization_client: Management.GetOrganizationClientResponseContent;
  post_organization_clients: Management.CreateOrganizationClientsResponseContent;
  patch_organization_client: Management.UpdateOrganizationClientResponseContent;
  get_organization_discovery_domains: Management.OrganizationDiscoveryDomain[];
  get_organization_discovery_domain_by_name: Management.GetOrganizationDiscoveryDomainByNameResponseContent;
  get_organization_discovery_domain: Management.GetOrganizationDiscoveryDomainResponseContent;
  create_organization_discovery_domain: Management.CreateOrganizationDiscoveryDomainResponseContent;
  update_organization_discovery_domain: Management.UpdateOrganizationDiscoveryDomainResponseContent;
  get_invitations: Management.OrganizationInvitation[];
  get_invitations_by_invitation_id: Management.GetOrganizationInvitationResponseContent;
  post_invitations: Management.CreateOrganizationInvitationResponseContent;
  get_organization_role_members: Management.RoleMember[];
  get_organization_role_groups: Management.RoleGroup[];
  get_connections: Management.ConnectionForList[];
  get_connections_by_id: Management.GetConnectionResponseContent;
  post_connections: Management.CreateConnectionResponseContent;
  patch_connections_by_id: Management.UpdateConnectionResponseContent;
  get_connection_clients: Management.ConnectionEnabledClient[];
  get_keys: Management.ConnectionKey[];
  post_rotate: Management.RotateConnectionsKeysResponseContent;
  "get_scim-configuration": Management.GetScimConfigurationResponseContent;
  "post_scim-configuration": Management.CreateScimConfigurationResponseContent;
  "patch_scim-configuration": Management.UpdateScimConfigurationResponseContent;
  "get_default-mapping": Management.GetScimConfigurationDefaultMappingResponseContent;
  get_scim_tokens: Management.ScimTokenItem[];
  post_scim_token: Management.CreateScimTokenResponseContent;
  "get_directory-provisioning": Management.GetDirectoryProvisioningResponseContent;
  "post_directory-provisioning": Management.CreateDirectoryProvisioningResponseContent;
  "patch_directory-provisioning": Management.UpdateDirectoryProvisioningResponseContent;
  "get_directory-provisioning_default-mapping": Management.GetDirectoryProvisioningDefaultMappingResponseContent;
  "get_synchronized-groups": Management.SynchronizedGroupPayload[];
  "get_connection-profiles": Management.ConnectionProfile[];
  "get_connection-profiles_by_id": Management.GetConnectionProfileResponseContent;
  "post_connection-profiles": Management.CreateConnectionProfileResponseContent;
  "patch_connection-profiles_by_id": Management.UpdateConnectionProfileResponseContent;
  "get_user-attribute-profiles": Management.UserAttributeProfile[];
  "get_user-attribute-profiles_by_id": Management.GetUserAttributeProfileResponseContent;
  "post_user-attribute-profiles": Management.CreateUserAttributeProfileResponseContent;
  "patch_user-attribute-profiles_by_id": Management.UpdateUserAttributeProfileResponseContent;
  get_client_connections: Management.ConnectionForList[];
  get_clients: Management.Client[];
  get_clients_by_id: Management.GetClientResponseContent;
  post_clients: Management.CreateClientResponseContent;
  patch_clients_by_id: Management.UpdateClientResponseContent;
  post_rotate_secret: Management.RotateClientSecretResponseContent;
  get_credentials: Management.ClientCredential[];
  get_credentials_by_credential_id: Management.GetClientCredentialResponseContent;
  post_credentials: Management.PostClientCredentialResponseContent;
  patch_credentials_by_credential_id: Management.PatchClientCredentialResponseContent;
  "get_client-grants": Management.ClientGrantResponseContent[];
  "get_client-grant": Management.GetClientGrantResponseContent;
  "get_client-grant-organizations": Management.Organization[];
  "post_client-grants": Management.CreateClientGrantResponseContent;
  "patch_client-grants_by_id": Management.UpdateClientGrantResponseContent;
  get_roles: Management.Role[];
  get_roles_by_id: Management.GetRoleResponseContent;
  post_roles: Management.CreateRoleResponseContent;
  patch_roles_by_id: Management.UpdateRoleResponseContent;
  get_role_permission: Management.PermissionsResponsePayload[];
  get_role_user: Management.RoleUser[];
  "get_resource-servers": Management.ResourceServer[];
  "get_resource-servers_by_id": Management.GetResourceServerResponseContent;
  "post_resource-servers": Management.CreateResourceServerResponseContent;
  "patch_resource-servers_by_id": Management.UpdateResourceServerResponseContent;
  get_users: Management.UserResponseSchema[];
  "get_users-by-email": Management.UserResponseSchema[];
  get_users_by_id: Management.GetUserResponseContent;
  post_users: Management.CreateUserResponseContent;
  patch_users_by_id: Management.UpdateUserResponseContent;
  get_user_roles: Management.Role[];
  get_permissions: Management.UserPermissionSchema[];
  get_user_organizations: Management.Organization[];
  tenant_settings_route: Management.GetTenantSettingsResponseContent;
  patch_settings: Management.UpdateTenantSettingsResponseContent;
  "get_custom-domains": Management.CustomDomain[];
  "get_custom-domains_by_id": Management.GetCustomDomainResponseContent;
  "post_custom-domains": Management.CreateCustomDomainResponseContent;
  "patch_custom-domains_by_id": Management.UpdateCustomDomainResponseContent;
  "get_custom-domains_default": Management.GetDefaultDomainResponseContent;
  "patch_custom-domains_default": Management.UpdateDefaultDomainResponseContent;
  post_verify: Management.VerifyCustomDomainResponseContent;
  get_signing_keys: Management.SigningKeys[];
  get_signing_key: Management.GetSigningKeysResponseContent;
  post_signing_keys: Management.RotateSigningKeysResponseContent;
  put_signing_keys: Management.RevokedSigningKeysResponseContent;
}

/** The SDK's class for a hook's channel is the common one; the tenant has those of the kind HTTP. */
interface HttpHook extends Omit<InlineHook, "channel"> {
  channel: InlineHookChannelHttp;
}
interface HttpHookCreated extends Omit<InlineHookCreateResponse, "channel"> {
  channel: InlineHookChannelHttp;
}

/** Okta's management API, by the names of the operations, which are the SDK's own. @public */
export interface OktaAnswers {
  getWellknownOrgMetadata: WellKnownOrgMetadata;
  getOrgSettings: OrgSetting;
  createUser: User;
  getUser: User;
  replaceUser: User;
  updateUser: User;
  changePassword: UserCredentials;
  changeRecoveryQuestion: UserCredentials;
  listUsers: User[];
  listUserGroups: Group[];
  listGroupUsers: User[];
  assignRoleToUser: AssignRoleToUser201Response;
  listAssignedRolesForUser: ListGroupAssignedRoles200ResponseInner[];
  createUserType: UserType;
  listUserTypes: UserType[];
  getUserType: UserType;
  updateUserType: UserType;
  createGroupRule: GroupRule;
  listGroupRules: GroupRule[];
  getGroupRule: GroupRule;
  replaceGroupRule: GroupRule;
  addGroup: Group;
  listGroups: Group[];
  getGroup: Group;
  replaceGroup: Group;
  listPolicies: AccessPolicy[];
  getPolicy: AccessPolicy;
  createInlineHook: HttpHookCreated;
  listInlineHooks: HttpHook[];
  getInlineHook: HttpHook;
  replaceInlineHook: HttpHook;
  activateInlineHook: HttpHook;
  deactivateInlineHook: HttpHook;
  createApplication: OpenIdConnectApplication;
  listApplications: OpenIdConnectApplication[];
  getApplication: OpenIdConnectApplication;
  replaceApplication: OpenIdConnectApplication;
  listOAuth2ClientSecrets: OAuth2ClientSecret[];
  createOAuth2ClientSecret: OAuth2ClientSecret;
  getOAuth2ClientSecret: OAuth2ClientSecret;
  activateOAuth2ClientSecret: OAuth2ClientSecret;
  deactivateOAuth2ClientSecret: OAuth2ClientSecret;
  listJwk: ListJwk200Response;
  addJwk: ListJwk200ResponseKeysInner;
  getJwk: ListJwk200ResponseKeysInner;
  activateOAuth2ClientJsonWebKey: ListJwk200ResponseKeysInner;
  deactivateOAuth2ClientJsonWebKey: ListJwk200ResponseKeysInner;
  listApplicationGroupAssignments: ApplicationGroupAssignment[];
  getApplicationGroupAssignment: ApplicationGroupAssignment;
  assignGroupToApplication: ApplicationGroupAssignment;
  assignUserToApplication: AppUser;
  listApplicationUsers: AppUser[];
  getApplicationUser: AppUser;
  updateApplicationUser: AppUser;
  assignRoleToClient: AssignRoleToUser201Response;
  retrieveClientRole: AssignRoleToUser201Response;
  listRolesForClient: ListGroupAssignedRoles200ResponseInner[];
  listScopeConsentGrants: OAuth2ScopeConsentGrant[];
  grantConsentToScope: OAuth2ScopeConsentGrant;
  getScopeConsentGrant: OAuth2ScopeConsentGrant;
  createAuthorizationServer: AuthorizationServer;
  listAuthorizationServers: AuthorizationServer[];
  getAuthorizationServer: AuthorizationServer;
  replaceAuthorizationServer: AuthorizationServer;
  listAuthorizationServerKeys: AuthorizationServerJsonWebKey[];
  getAuthorizationServerKey: AuthorizationServerJsonWebKey;
  rotateAuthorizationServerKeys: AuthorizationServerJsonWebKey[];
  createOAuth2Scope: OAuth2Scope;
  listOAuth2Scopes: OAuth2Scope[];
  getOAuth2Scope: OAuth2Scope;
  replaceOAuth2Scope: OAuth2Scope;
  createOAuth2Claim: OAuth2Claim;
  listOAuth2Claims: OAuth2Claim[];
  getOAuth2Claim: OAuth2Claim;
  replaceOAuth2Claim: OAuth2Claim;
  createAuthorizationServerPolicy: AuthorizationServerPolicy;
  listAuthorizationServerPolicies: AuthorizationServerPolicy[];
  getAuthorizationServerPolicy: AuthorizationServerPolicy;
  replaceAuthorizationServerPolicy: AuthorizationServerPolicy;
  createAuthorizationServerPolicyRule: AuthorizationServerPolicyRule;
  listAuthorizationServerPolicyRules: AuthorizationServerPolicyRule[];
  getAuthorizationServerPolicyRule: AuthorizationServerPolicyRule;
  replaceAuthorizationServerPolicyRule: AuthorizationServerPolicyRule;
  getWellKnownOAuthConfiguration: OAuthMetadata;
}
