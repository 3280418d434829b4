"""An Auth0 Organization whose people sign in to an AI API, each with the permissions of their roles."""

import pulumi
from pulumi_ai_api_access import auth0

COMPANY_USERS = "my-awesome-company-users"

config = pulumi.Config()

api = auth0.ApiAccess(
    "api",
    identifier="https://ai.example.com",
    name="AI API",
    permissions=[
        {"name": "ai:read", "description": "Ask the AI"},
        {"name": "ai:write", "description": "Teach the AI"},
    ],
    roles=[
        {"name": "ai-reader", "permissions": ["ai:read"]},
        {"name": "ai-editor", "permissions": ["ai:read", "ai:write"]},
    ],
)

# `pulumi destroy` spares people's passwords unless this says otherwise.
users = auth0.DatabaseConnection(
    "users",
    name=COMPANY_USERS,
    delete_with_stack=config.get_bool("deleteWithStack") or False,
)

login = auth0.LoginApplication(
    "login",
    name="AI Console",
    type="regular_web",
    callbacks=["http://localhost:3000/callback"],
    logout_urls=["http://localhost:3000"],
    organization_usage="require",
    organization_require_behavior="pre_login_prompt",
    connections=[{"name": COMPANY_USERS, "connection_id": users.connection_id}],
    audience=api.audience,
    permissions=["ai:read", "ai:write"],
)

organization = auth0.OrganizationAccess(
    "organization",
    name="my-awesome-company",
    display_name="My Awesome Company",
    logo_url="https://example.com/logo.png",
    primary_color="#0000FF",
    page_background_color="#FFFFFF",
    metadata={"plan": "pro"},
    connections=[{"name": COMPANY_USERS, "connection_id": users.connection_id}],
)

# pulumi config set --path 'people.auth0|64f0000000000000000000a1' ai-editor
people: dict[str, str] = config.get_object("people") or {}
auth0.OrganizationMembers(
    "members",
    organization_id=organization.organization_id,
    members=[
        {"user_id": user_id, "roles": [{"key": role, "id": api.role_ids[role]}]}
        for user_id, role in people.items()
    ],
)

# What an application needs to admit these people, and nobody else.
pulumi.export("organizationId", organization.organization_id)
pulumi.export("clientId", login.client_id)
pulumi.export("audience", api.audience)
