"""Okta's own Python SDK against an org: lists with pages, create, change and delete, with a token and with a key."""
import asyncio
import json
import sys

from okta import models
from okta.client import Client


def good(result):
    """Results are (value, response, error) or (response, error)."""
    *values, error = result
    if error is not None:
        sys.exit(f"refused: {error}")
    return values[0]


async def with_token(org, token):
    client = Client({"orgUrl": org, "token": token})
    profile = models.OktaUserGroupProfile(name="Witnesses")
    group = good(await client.add_group(models.AddGroupRequest(profile=profile)))
    person = models.UserProfile(first_name="Wit", last_name="Ness", email="wit@example.com", login="wit@example.com")
    password = models.UserCredentialsWritable(password=models.PasswordCredential(value="Local-twin-1"))
    user = good(await client.create_user(models.CreateUserRequest(profile=person, credentials=password)))
    good(await client.assign_user_to_group(group.id, user.id))
    members = good(await client.list_group_users(group.id))
    app = good(await client.create_application(service_app("From Python")))
    app.label = "Renamed"
    renamed = good(await client.replace_application(app.id, app))
    first, response, error = await client.list_applications(limit=1)
    if error is not None:
        sys.exit(f"refused: {error}")
    scopes = good(await client.list_o_auth2_scopes("ausLocalAi0000000001"))
    policies = good(await client.list_authorization_server_policies("ausLocalAi0000000001"))
    good(await client.deactivate_application(app.id))
    good(await client.delete_application(app.id))
    good(await client.delete_group(group.id))
    return {
        "status": user.status.value,
        "members": [member.profile.login for member in members],
        "renamed": renamed.label,
        "page": len(first),
        "scopes": [scope.name for scope in scopes if not scope.system],
        "policies": [policy.name for policy in policies],
    }


def service_app(label):
    method = models.ApplicationCredentialsOAuthClient(token_endpoint_auth_method="client_secret_basic")
    client = models.OpenIdConnectApplicationSettingsClient(
        application_type="service", grant_types=["client_credentials"], response_types=["token"]
    )
    return models.OpenIdConnectApplication(
        label=label,
        name="oidc_client",
        sign_on_mode="OPENID_CONNECT",
        credentials=models.OAuthApplicationCredentials(oauth_client=method),
        settings=models.OpenIdConnectApplicationSettings(oauth_client=client),
    )


async def with_key(org, key):
    scopes = ["okta.users.read"]
    mode = {"authorizationMode": "PrivateKey", "clientId": "witness-service", "scopes": scopes, "privateKey": key}
    return [user.profile.login for user in good(await Client({"orgUrl": org, **mode}).list_users())]


async def main(org, token, key):
    print(json.dumps({**await with_token(org, token), "users": await with_key(org, key)}))


asyncio.run(main(*sys.argv[1:4]))
