@node "%~dp0pulumi-resource-auth0" %*
