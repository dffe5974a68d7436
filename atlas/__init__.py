"""The Chengyu Cluster Atlas: what is known of an industrial cluster, place by place."""

__version__ = "1.1.0"
