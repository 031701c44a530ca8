"""The one app: what two countries say about each other, published so that it can be cited for ever."""
