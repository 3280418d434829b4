"""A service that gets tokens for an AI API from Okta, by client credentials."""

import pulumi
from pulumi_ai_api_access import okta

service = okta.ServiceApp(
    "service",
    label="AI Service OAuth App",
    token_endpoint_auth_method="client_secret_basic",
    audience="https://ai.example.com",
    access_token_lifetime_minutes=30,
    scopes=[
        {"name": "ai:read", "description": "Ask the AI"},
        {"name": "ai:write", "description": "Teach the AI"},
    ],
)

# What the service needs to get a token, and the API to check it.
pulumi.export("clientId", service.client_id)
pulumi.export("clientSecret", service.client_secret)
pulumi.export("tokenEndpoint", service.token_endpoint)
pulumi.export("issuer", service.issuer)
pulumi.export("audience", service.audience)
