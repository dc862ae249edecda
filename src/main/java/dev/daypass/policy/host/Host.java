package dev.daypass.policy.host;

import java.util.Map;

/** A server that daypass knows, with the labels by which roles select it. */
public record Host(HostName name, Map<String, String> labels) {

  public Host {
    labels = Map.copyOf(labels);
  }
}
