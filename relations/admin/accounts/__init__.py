"""Who comes in: passwords that are counted before they are hashed, second factors, one-time links. Built on allauth."""
