package io.jenkins.plugins.octopod.engine.cluster;

/**
 * Repository and tag of a container image.
 *
 * @param repository repository, with the registry if the image names one
 * @param tag tag or digest, such as {@code v7} or {@code sha256:…}; {@code latest} if the image names none
 */
record ImageReference(String repository, String tag) {

    static ImageReference parse(String image) {
        int digest = image.indexOf('@');
        String named = digest < 0 ? image : image.substring(0, digest);
        int colon = named.lastIndexOf(':');
        boolean tagged = colon > named.lastIndexOf('/');
        String repository = tagged ? named.substring(0, colon) : named;
        if (tagged) {
            return new ImageReference(repository, named.substring(colon + 1));
        }
        return new ImageReference(repository, digest < 0 ? "latest" : image.substring(digest + 1));
    }
}
