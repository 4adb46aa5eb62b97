"""policy-kg: from Chinese government gazettes to a policy knowledge graph."""

__version__ = "0.1.0"
