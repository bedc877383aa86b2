package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.engine.StagingLink;
import java.util.List;

/** Link that {@code info} printed. */
public record Metadatum(String name, String link) {

    static List<Metadatum> listOf(List<StagingLink> links) {
        return links.stream()
                .map(link -> new Metadatum(link.name(), link.url()))
                .toList();
    }
}
