@node "%~dp0pulumi-resource-okta" %*
