"""The Chengyu Cluster Atlas: what is known of an industrial cluster, place by place."""
