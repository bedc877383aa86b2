package io.jenkins.plugins.octopod.engine.cluster;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rephrases Kubernetes’ messages for users who know only what they have deployed. */
final class KubernetesMessages {

    private static final int MAX_LENGTH = 300;

    private static final Pattern IMAGE = Pattern.compile("[Ii]mage \"([^\"]+)\"");
    private static final Pattern PROBE = Pattern.compile(
            "(Readiness|Liveness|Startup) probe (?:failed|errored)(?: and resulted in unknown state)?:?");

    private static final String FORBIDDEN = " is forbidden: ";

    private KubernetesMessages() {}

    static String of(ClusterWarning warning) {
        String message = shortened(warning.message());
        return switch (warning.reason()) {
            case "Failed", "ErrImagePull", "InspectFailed" -> failed(message);
            case "BackOff", "CrashLoopBackOff" -> backOff(message);
            case "Unhealthy" -> unhealthy(message);
            case "FailedScheduling" -> "No node takes it: " + message;
            case "FailedMount", "FailedAttachVolume", "FailedMapVolume" -> "A volume isn’t there for it: " + message;
            case "FailedCreate" -> "Kubernetes refuses to make its pods: " + refusal(message);
            case "Evicted" -> "It was sent away from its node: " + message;
            case "NodeNotReady" -> "Its node doesn’t answer: " + message;
            case "BackoffLimitExceeded" -> "It has failed too often, and isn’t tried again: " + message;
            case "DeadlineExceeded" -> "It took longer than it may: " + message;
            default -> warning.reason() + ": " + message;
        };
    }

    /** Removes the name of the pod, which differs at each attempt. */
    private static String refusal(String message) {
        int why = message.indexOf(FORBIDDEN);
        return why < 0 ? message : message.substring(why + FORBIDDEN.length());
    }

    private static String failed(String message) {
        Matcher image = IMAGE.matcher(message);
        boolean pull = message.toLowerCase(Locale.ROOT).contains("pull");
        return pull && image.find() ? imageMissing(image.group(1), message) : "It can’t be started: " + message;
    }

    private static String backOff(String message) {
        Matcher image = IMAGE.matcher(message);
        if (message.contains("pulling") && image.find()) {
            return imageMissing(image.group(1), "");
        }
        return "It ends again and again, so Kubernetes waits longer before each new start: " + message;
    }

    private static String unhealthy(String message) {
        Matcher probe = PROBE.matcher(message);
        if (!probe.lookingAt()) {
            return "It doesn’t seem to be well: " + message;
        }
        String answer = message.substring(probe.end()).trim();
        String what =
                switch (probe.group(1)) {
                    case "Readiness" -> "It runs, but says that it isn’t ready";
                    case "Liveness" -> "It doesn’t say that it is alive, and is started again";
                    default -> "It hasn’t come up yet";
                };
        return answer.isEmpty() ? what + '.' : what + ": " + answer;
    }

    /**
     * Describes why an image can’t be pulled, and what to check.
     *
     * @param message Kubernetes’ message; may be empty, or contain no reason
     */
    static String imageMissing(String image, String message) {
        return "The image " + image + " can’t be pulled: " + why(message.toLowerCase(Locale.ROOT), message);
    }

    private static String why(String lower, String message) {
        if (containsAny(lower, "no such host", "i/o timeout", "connection refused", "tls handshake", "unreachable")) {
            return "its registry doesn’t answer. " + shortened(message);
        }
        if (containsAny(lower, "toomanyrequests", "429")) {
            return "its registry has had too many requests lately; Kubernetes tries again by itself.";
        }
        if (containsAny(lower, "manifest unknown", "not found", "notfound", "does not exist", "name unknown")) {
            return "its registry has no such image or tag. Was it built and pushed?";
        }
        if (containsAny(lower, "unauthorized", "denied", "forbidden", "authentication required", "no basic auth")) {
            return "its registry doesn’t let the cluster in. Is the pull secret there, and right?";
        }
        if (containsAny(lower, "invalid", "couldn't parse", "failed to apply default image tag")) {
            return "that can’t be an image’s name.";
        }
        return message.isEmpty() || lower.startsWith("back-off")
                ? "Kubernetes tries again by itself, after longer and longer pauses."
                : shortened(message);
    }

    private static boolean containsAny(String text, String... parts) {
        for (String part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the message on one line, cut to a readable length. */
    static String shortened(String message) {
        String line = message.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
        return line.length() <= MAX_LENGTH
                ? line
                : line.substring(0, MAX_LENGTH - 1).trim() + '…';
    }
}
