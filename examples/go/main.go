// A service that gets tokens for an AI API from Okta, by client credentials.
package main

import (
	"example.com/pulumi-ai-api-access/sdk/go/aiapiaccess/okta"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		service, err := okta.NewServiceApp(ctx, "service", &okta.ServiceAppArgs{
			Label:                   pulumi.String("AI Service OAuth App"),
			TokenEndpointAuthMethod: pulumi.String("client_secret_basic"),
			Audience:                pulumi.String("https://ai.example.com"),
			Scopes: []okta.ServiceAppScopeArgs{
				{Name: "ai:read", Description: pulumi.String("Ask the AI")},
			},
		})
		if err != nil {
			return err
		}
		ctx.Export("clientId", service.ClientId)
		ctx.Export("clientSecret", service.ClientSecret)
		ctx.Export("tokenEndpoint", service.TokenEndpoint)
		return nil
	})
}
