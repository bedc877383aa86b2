package io.jenkins.plugins.octopod.engine.cluster;

/**
 * An image, taken apart.
 *
 * @param repository with the registry, where one is named
 * @param tag or digest, such as {@code v7} or {@code sha256:…}; {@code latest} where none is named
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
