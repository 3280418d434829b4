// A relying party that the OpenID Foundation has certified, against an issuer: discovery, an authorization code with
// PKCE, the ID token with its nonce, userinfo, a refresh. It prints where people sign in and reads where they come back.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/url"
	"os"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/client/rp"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"golang.org/x/oauth2"
)

func main() {
	ctx := context.Background()
	issuer, clientID, secret, callback := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	scopes := strings.Fields("openid profile email offline_access")
	nonce := "a-nonce-of-this-run"
	withNonce := rp.WithVerifierOpts(rp.WithNonce(func(context.Context) string { return nonce }))
	party, err := rp.NewRelyingPartyOIDC(ctx, issuer, clientID, secret, callback, scopes, withNonce)
	stop(err)
	verifier := oauth2.GenerateVerifier()
	challenge := oidc.NewSHACodeChallenge(verifier)
	fmt.Println(rp.AuthURL("a-state", party, rp.WithCodeChallenge(challenge), rp.AuthURLOpt(rp.WithURLParam("nonce", nonce))))

	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	stop(err)
	back, err := url.Parse(strings.TrimSpace(line))
	stop(err)
	if back.Query().Get("state") != "a-state" {
		log.Fatalf("another state: %s", back)
	}
	tokens, err := rp.CodeExchange[*oidc.IDTokenClaims](ctx, back.Query().Get("code"), party, rp.WithCodeVerifier(verifier))
	stop(err)
	info, err := rp.Userinfo[*oidc.UserInfo](ctx, tokens.AccessToken, tokens.TokenType, tokens.IDTokenClaims.Subject, party)
	stop(err)
	refreshed := false
	if tokens.RefreshToken != "" {
		// A refreshed ID token has no nonce (OpenID Connect Core, 12.2).
		nonce = ""
		again, err := rp.RefreshTokens[*oidc.IDTokenClaims](ctx, party, tokens.RefreshToken, "", "")
		stop(err)
		refreshed = again.AccessToken != ""
	}
	stop(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"subject": tokens.IDTokenClaims.Subject, "email": info.Email, "refreshed": refreshed,
	}))
}

func stop(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
