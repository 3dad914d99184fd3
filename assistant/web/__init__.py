"""The Gradio chat, its plain pages and the HTTP API: questions of visitors in, rendered Answers out."""
