package dev.daypass.quickstart;

/** What to try next, in commands that work as they stand. */
final class Suggestions {
  private final Story story;
  private final Scene scene;

  Suggestions(Story story, Scene scene) {
    this.story = story;
    this.scene = scene;
  }

  void tell(boolean once) {
    story.blank();
    if (once) {
      story.title("That was the whole road. Without --once everything stays up to play with.");
      return;
    }
    story.title("All of it stays up until Ctrl-C. What erin sees, an auditor, in a browser:");
    story.fact("console", scene.config().url() + "/console/");
    story.say("Anybody on this machine may look as erin; nobody gets a certificate that way.");
    story.blank();
    story.title("In another terminal:");
    story.command("cd " + scene.state() + " && export DAYPASS_URL=" + scene.config().url());
    story.command("PATH=" + scene.image().resolve("bin") + ":$PATH");
    story.blank();
    story.say("A role that alice may not hold, and why:");
    story.command("daypass sign -n prod-root --reason why --token-file token id_ed25519.pub");
    story.say("A certificate that can do one thing only, for a minute:");
    story.command(
        "daypass sign -n "
            + Quickstart.ROLE
            + " -V +1m -O force-command=uptime --token-file token id_ed25519.pub");
    story.say("Who may do what, without asking the daemon:");
    story.command(
        "daypassd explain --config daypass.yaml --as alice@example.com --groups dba --role "
            + Quickstart.ROLE);
    story.say("A fresh token, once this one has ended:");
    scene.identities().tokenCommand().forEach(story::command);
  }
}
