<?xml version="1.0" encoding="UTF-8"?>
<!-- Of a list of components in the format of CycloneDX, those that the plugin's file has in it. -->
<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:c="http://cyclonedx.org/schema/bom/1.6"
                version="1.0">

  <xsl:output indent="yes" />
  <xsl:strip-space elements="*" />

  <!-- Names of artifacts, with commas between. -->
  <xsl:param name="bundled" />
  <xsl:variable name="names" select="concat(',', $bundled, ',')" />

  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()" />
    </xsl:copy>
  </xsl:template>

  <xsl:template match="/c:bom/c:components">
    <xsl:variable name="there" select="c:component[contains($names, concat(',', c:name, ','))]" />
    <xsl:if test="count($there) != string-length($bundled) - string-length(translate($bundled, ',', '')) + 1">
      <xsl:message terminate="yes">Not each bundled library is among the components.</xsl:message>
    </xsl:if>
    <xsl:copy>
      <xsl:apply-templates select="$there" />
    </xsl:copy>
  </xsl:template>

  <!-- What depends on what: the plugin, and what it bundles. -->
  <xsl:template match="c:dependencies//c:dependency">
    <xsl:variable name="ref" select="@ref" />
    <xsl:if test="$ref = /c:bom/c:metadata/c:component/@bom-ref or contains($names, concat(',', /c:bom/c:components/c:component[@bom-ref = $ref]/c:name, ','))">
      <xsl:copy>
        <xsl:apply-templates select="@*|node()" />
      </xsl:copy>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
