"""What operators see of a running bot: is it alive, is it ready, and its figures for Prometheus."""
