def read_yaml(*a): return {}
def read_toml(*a): return {}
